--- lib-turns: who holds by which number of a waiting room. See keys.ts for `turns`; KEYS[11].
-- A number is bound to whom it holds for first. A visitor's may go on to an account once; from then on it is that account's alone.
K.turns = KEYS[11]

-- The number that `owner` holds by, or nil where there is no room (''); else why it may not hold now, and how many ms are left until it may.
-- claim: {x fault} or {n number, p the pass's person, f t times of the turn in ms; absent: it has not begun}
local function claim_turn(claim, owner)
  if claim == '' then return nil end
  claim = cjson.decode(claim)
  if claim.x then return nil, claim.x, -1 end
  if not claim.f then return nil, 'early', -1 end
  if now < claim.f then return nil, 'early', claim.f - now end
  if now >= claim.t then return nil, 'over', -1 end
  local known = redis.call('HMGET', K.turns, claim.n, 'u:' .. claim.n)
  if tonumber(known[2] or 0) > 0 then return nil, 'used', -1 end
  if known[1] and known[1] ~= owner and known[1] ~= claim.p then return nil, 'bound', -1 end
  return claim.n
end

local function bind_turn(number, owner)
  redis.call('HSET', K.turns, number, owner)
  redis.call('PEXPIRE', K.turns, 604800000)
end

-- Whether a hold of this number may go from one owner to another; binds it to the new one.
local function hand_turn(number, from, to)
  local bound = redis.call('HGET', K.turns, number)
  if bound and bound ~= from and bound ~= to then return false end
  bind_turn(number, to)
  return true
end

-- Checkouts of holds of this number that have begun and were not given up: with any, it takes no other hold.
local function use_turn(number, by)
  redis.call('HINCRBY', K.turns, 'u:' .. number, by)
  redis.call('PEXPIRE', K.turns, 604800000)
end
