--- lib-gate: why nothing is sold now, or nil. `window`: also look at the sales window (a hold does, a checkout does not).
local REASONS = { draft = 'not_published', cancelled = 'cancelled', postponed = 'postponed', completed = 'ended' }
local function not_on_sale(window)
  if gate.status ~= 'published' then return REASONS[gate.status] or 'not_published' end
  if window and gate.from and now < gate.from then return 'not_started' end
  if window and gate.till and now >= gate.till then return 'ended' end
  return nil
end
