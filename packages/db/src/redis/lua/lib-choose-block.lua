--- lib-choose-block: which units of named blocks a hold gets. Only reads. `mine`: unit ids that this hold has chosen already.
local mine = {}

-- The first candidate block that is wholly free, or nil and the ids that are taken.
local function choose_block(candidates)
  local taken, named = {}, {}
  for _, block in ipairs(candidates) do
    local ids = {}
    for i, unit in ipairs(block) do ids[i] = unit[1] end
    local owners, free = redis.call('HMGET', K.units, unpack(ids)), true
    for i, id in ipairs(ids) do
      if owners[i] or mine[id] then
        free = false
        if not named[id] then taken[#taken + 1] = id end
        named[id] = true
      end
    end
    if free then return block end
  end
  return nil, taken
end
