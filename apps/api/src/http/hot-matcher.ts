import type { HotCall, HotRoute } from './hot-frame.ts';

export type HotMatch = { readonly hot: HotRoute; readonly params: HotCall['params'] };

/** What stands in the address for a name: without escapes and dots, so that there is one way to read it. */
const PARAM = '([\\w-]+)';

type Pattern = { readonly hot: HotRoute; readonly names: readonly string[]; readonly path: RegExp };

const patternOf = (hot: HotRoute): Pattern => ({
  hot,
  names: [...hot.route.matchAll(/:(\w+)/g)].map(([, name = '']) => name),
  path: new RegExp(`^${hot.route.replaceAll('.', '\\.').replace(/:\w+/g, PARAM)}$`),
});

/** Finds the route of a request, by its method and its address with or without query; null: none, or not in its plain form. */
export const hotMatcher = (
  routes: readonly HotRoute[],
): ((method: string, url: string) => HotMatch | null) => {
  const fixed = new Map<string, HotMatch>();
  const patterns = new Map<string, Pattern[]>();
  for (const hot of routes) {
    if (hot.route.includes(':'))
      patterns.set(hot.method, [...(patterns.get(hot.method) ?? []), patternOf(hot)]);
    else fixed.set(`${hot.method} ${hot.route}`, { hot, params: {} });
  }
  return (method, url) => {
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    for (const { hot, names, path: pattern } of patterns.get(method) ?? []) {
      const values = pattern.exec(path);
      if (values !== null)
        return { hot, params: Object.fromEntries(names.map((name, at) => [name, values[at + 1] ?? ''])) };
    }
    return fixed.get(`${method} ${path}`) ?? null;
  };
};
