--- lib-history: the server's history: another one after every start of a server and every promotion of a replica, when what is stored may be older
-- than what was answered. Gives '' where INFO is forbidden: an older copy is not noticed then. Takes 2 µs.
local function history()
  local told = redis.pcall('INFO', 'replication')
  return type(told) == 'string' and string.match(told, 'master_replid:(%w+)') or ''
end
