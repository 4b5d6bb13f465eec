--- look-up-page: what a place of the remembered listing has, and what a page must have been stored under to be worth something.
-- KEYS   1 generation, 2 the place; see keys.ts
-- ARGV   1 the generation to begin with where there is none
-- Result found, history, generation, page or ''
-- What a server brings back that lost a generation, of any age, was stored under another history.
--- @include "lib-history"
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return { 'found', history(), redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2]) or '' }
