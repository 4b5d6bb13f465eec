--- lib-turns: who holds by which number of a waiting room, and what has used it. In `turns`: number -> whom it holds for; `u:<number>` -> the hold
-- that is being checked out, or the booking that was made.
-- A number is bound to whom it holds for first. A visitor's may go on to an account once; from then on it is that account's alone.

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
  if known[2] then return nil, 'used', -1 end
  if known[1] and known[1] ~= owner and known[1] ~= claim.p then return nil, 'bound', -1 end
  return claim.n
end

local function bind_turn(number, owner)
  redis.call('HSET', K.turns, number, owner)
end

-- Whether a hold of this number may go from one owner to another; binds it to the new one.
local function hand_turn(number, from, to)
  local bound = redis.call('HGET', K.turns, number)
  if bound and bound ~= from and bound ~= to then return false end
  bind_turn(number, to)
  return true
end

-- The hold's checkout begins. false: another hold of this number is being checked out, or was.
local function use_turn(number, id)
  return redis.call('HSETNX', K.turns, 'u:' .. number, id) == 1 or redis.call('HGET', K.turns, 'u:' .. number) == id
end

-- The hold's checkout came to nothing. What a booking has used stays used.
local function return_turn(number, id)
  if redis.call('HGET', K.turns, 'u:' .. number) == id then redis.call('HDEL', K.turns, 'u:' .. number) end
end

-- A booking was made: the number is used for good, and its account's. Without them: of one that Mongo knows.
local function spend_turn(number, booking, person)
  redis.call('HSET', K.turns, 'u:' .. number, booking or '-')
  if person then bind_turn(number, person) end
end
