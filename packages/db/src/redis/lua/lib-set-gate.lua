--- lib-set-gate: takes over a gate {r revision, s status, f from ms or '', t till ms, h shape, c capacities} unless a newer one stands.
-- false: unit numbers mean something else now (another shape, a smaller capacity): the copy must be rebuilt.
local function set_gate(new)
  local old = redis.call('HMGET', K.meta, 'revision', 'shape')
  if old[1] and tonumber(old[1]) > new.r then return true end
  if old[2] ~= new.h then return false end
  local grown = {}
  for i, capacity in ipairs(new.c) do
    local pool = i - 1
    grown[pool] = capacity - tonumber(redis.call('HGET', K.meta, 'c' .. pool))
    if grown[pool] < 0 then return false end
  end
  for pool, by in pairs(grown) do
    if by > 0 then
      redis.call('HINCRBY', K.meta, 'c' .. pool, by)
      redis.call('HINCRBY', K.meta, 'f' .. pool, by)
    end
  end
  redis.call('HSET', K.meta, 'revision', new.r, 'status', new.s, 'from', new.f, 'until', new.t)
  redis.call('HINCRBY', K.meta, 'version', 1)
  ring()
  return true
end
