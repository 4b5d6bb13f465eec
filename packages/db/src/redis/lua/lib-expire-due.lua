--- lib-expire-due: applies what is due in `expiries`: at most 64 holds or about 512 units a call, so that no script is long.
-- An active hold ends. A conversion that nobody finished falls back to active after its 60 s, gives its turn back, and ends if its own time is over:
-- its transaction is capped far below that, and should it have committed, the claim's mark will beat whoever holds the unit then.
-- Returns how many holds ended, and whether more may be due.
local function expire_due()
  local due = redis.call('ZRANGEBYSCORE', K.expiries, 0, now, 'LIMIT', 0, 64)
  local ended, units, seen = 0, 0, 0
  for _, id in ipairs(due) do
    if units >= 512 then break end
    seen = seen + 1
    local hold = find_hold(id)
    if not hold then
      redis.call('ZREM', K.expiries, id)
    elseif hold.s == 'converting' and hold.e > now then
      hold.s, hold.t, hold.b, hold.c = 'active', nil, nil, nil
      save_hold(id, hold)
      if hold.w then return_turn(hold.w, id) end
    else
      units = units + #hold.u
      end_hold(id, hold)
      ended = ended + 1
    end
  end
  close()
  return ended, seen == 64 or seen < #due
end
