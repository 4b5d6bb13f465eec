--- lib-tally: counts, seat bits and version follow from moves, and are written once, by close().
-- A unit is {unitId, pool, seat index or -1, place or 0}. Kinds: f free, h held, t taken. Bits: 0 free, 1 held, 2 taken, 3 blocked.
--- @include "lib-bell"
local deltas, bits, changed = {}, {}, false

local function write_bits()
  if #bits > 0 then redis.call('BITFIELD', K.seats, unpack(bits)) end
  bits = {}
end

local function move(unit, from, to, bit)
  changed = true
  if from ~= to and unit[2] >= 0 then
    deltas[from .. unit[2]] = (deltas[from .. unit[2]] or 0) - 1
    deltas[to .. unit[2]] = (deltas[to .. unit[2]] or 0) + 1
  end
  if unit[3] >= 0 then
    local n = #bits
    bits[n + 1], bits[n + 2], bits[n + 3], bits[n + 4] = 'SET', 'u2', '#' .. unit[3], bit
    if n > 2000 then write_bits() end
  end
end

-- What a person has, held and sold together. '' is nobody.
local function count_person(person, by)
  if person == '' or by == 0 then return end
  if redis.call('HINCRBY', K.persons, person, by) <= 0 then redis.call('HDEL', K.persons, person) end
end

local function close()
  if not changed then return end
  for field, by in pairs(deltas) do
    if by ~= 0 then redis.call('HINCRBY', K.meta, field, by) end
  end
  write_bits()
  redis.call('HINCRBY', K.meta, 'version', 1)
  ring()
  deltas, changed = {}, false
end
