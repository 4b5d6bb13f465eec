--- lib-claims: Redis follows Mongo. In `units` a claim stands as `<owner>|<person>`, a hold as `h:<hold id>`.
local DAY_MS = 86400000
local UNSOLD = { blocked = 3, retired = 3 }

-- Owners that are ids never come back on their own, so a mark of theirs after this is late. Bare words (`blocked`, `waitlist`) do come back.
local function remember_gone(owner, id)
  if string.find(owner, '_', 1, true) then redis.call('ZADD', K.gone, now, owner .. ' ' .. id) end
end

local function mark(unit, owner, person, again, former)
  local id, value = unit[1], owner .. '|' .. person
  if former then remember_gone(former, id) end
  local current = redis.call('HGET', K.units, id)
  if current == value then return end
  -- Since an ordinary mark was written a transfer may have changed the person; only a mark read in Mongo just now knows.
  if not again and current and string.match(current, '^(.*)|') == owner then return end
  if not again and redis.call('ZSCORE', K.gone, owner .. ' ' .. id) then return end
  local from = 'f'
  if not current then
    if unit[4] > 0 then redis.call('ZREM', K.freed, id) end
  elseif string.sub(current, 1, 2) == 'h:' then
    from = 'h'
    leave_hold(string.sub(current, 3), unit)
  else
    from = 't'
    count_person(string.match(current, '|(.*)$'), -1)
  end
  if again then redis.call('ZREM', K.gone, owner .. ' ' .. id) end
  redis.call('HSET', K.units, id, value)
  count_person(person, 1)
  move(unit, from, 't', UNSOLD[owner] or 2)
end

local function free(unit, owner)
  local id = unit[1]
  remember_gone(owner, id)
  local current = redis.call('HGET', K.units, id)
  if not current or string.match(current, '^(.*)|') ~= owner then return end
  count_person(string.match(current, '|(.*)$'), -1)
  give_back(unit, 't')
end

-- change: {o owner, p person or '', c mark|free, u units, a again, f owner before, w number of the turn that the owner, a booking, was made in}
local function apply_change(change)
  -- First, so that the hold that leaves its units to the booking gives no turn back.
  if change.w then spend_turn(change.w, change.o, change.p) end
  for _, unit in ipairs(change.u) do
    if change.c == 'mark' then mark(unit, change.o, change.p, change.a, change.f) else free(unit, change.o) end
  end
  local old = redis.call('ZRANGEBYSCORE', K.gone, 0, now - DAY_MS, 'LIMIT', 0, 512)
  if #old > 0 then redis.call('ZREM', K.gone, unpack(old)) end
  close()
end
