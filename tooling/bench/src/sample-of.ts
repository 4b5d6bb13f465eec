/** Every sample of a process's metrics by its name with labels, as Prometheus writes it. */
export const sampleOf = async (internalUrl: string): Promise<ReadonlyMap<string, number>> => {
  const text = await (await fetch(`${internalUrl}/metrics`)).text();
  return new Map(
    text.split('\n').flatMap((line): [string, number][] => {
      const [, name, value] = /^([^#\s]\S*) (\S+)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, Number(value)]];
    }),
  );
};
