export const MONGOD_SOURCES = ['uri', 'system', 'download', 'wine'] as const;
/** Where a MongoDB may come from, in the order in which we look. */
export type MongodSource = (typeof MONGOD_SOURCES)[number];

/** A mongod that can be started. */
export type Mongod = {
  readonly source: Exclude<MongodSource, 'uri'>;
  readonly version: string;
  /** What was chosen and why, in one line for people. */
  readonly why: string;
  readonly command: string;
  /** Come before the ordinary arguments of mongod. */
  readonly leadingArgs: readonly string[];
  readonly trailingArgs: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Another user to run it as, with a folder that user owns; null: as ourselves. */
  readonly runAs: { readonly uid: number; readonly gid: number; readonly home: string } | null;
};
