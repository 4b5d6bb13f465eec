--- place-holds: holds that were asked for at the same time, one after the other, each of all its units or none. One round trip.
-- KEYS   see lib-open
-- ARGV   for each hold nine: hold id, owner, revision, ttl ms, max per person, picks, quote, 1 for any time, turn claim or '' (see lib-place-hold)
-- Result placed, and for each hold an answer: held, record; and quote, when this id of this owner stands already
-- Errors cold
-- Answers of single holds: id_in_use; stale; not_on_sale, reason; taken, pick, unit ids; short, pick, left; limit, have;
--        no_turn, reason, ms left or -1; again (unchanged, ask anew); failed, message (a bug before it wrote anything; the others are as they would be without it)
--- @include "lib-open"
--- @include "lib-gate"
--- @include "lib-tally"
--- @include "lib-holds"
--- @include "lib-expire-due"
--- @include "lib-choose-block"
--- @include "lib-choose-places"
--- @include "lib-turns"
--- @include "lib-place-hold"
if not warm then return { 'cold' } end
expire_due()
local answers = { 'placed' }
for at = 1, #ARGV, 9 do
  local worked, answer = pcall(place_hold, {
    id = ARGV[at], owner = ARGV[at + 1], revision = ARGV[at + 2], ttl = tonumber(ARGV[at + 3]), max = tonumber(ARGV[at + 4]),
    picks = ARGV[at + 5], quote = ARGV[at + 6], any_time = ARGV[at + 7] == '1', turn = ARGV[at + 8],
  })
  answers[#answers + 1] = worked and answer or { 'failed', type(answer) == 'table' and answer.err or tostring(answer) }
end
write_cursors()
close()
return answers
