/** How often a property is tried: as often as usual, or twenty times that in `npm run test:full`. */
export const runs = (usual: number): number => (process.env.TEST_FULL === '1' ? usual * 20 : usual);
