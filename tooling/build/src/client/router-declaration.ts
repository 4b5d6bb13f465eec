import { repositoryRoot } from '@eventhorizon/devstack/paths';
import ts from 'typescript';

const FOLDER = `${repositoryRoot}/packages/client`;
const PROBE = `${FOLDER}/src/router-probe.ts`;

/** Types of these constants are inferred, so a declaration has to write them down in full. */
const PROBE_TEXT = `
import type { ApiErrorShape, ApiProcedures } from './app-router.ts';
declare const procedures: ApiProcedures;
declare const errorShape: ApiErrorShape;
export const written = { procedures, errorShape };
`;

const ROUTER_TEXT = `
import type { TRPCBuiltRouter } from '@trpc/server';
/** The router as its clients see it: what is called, with what, and what comes back. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: (typeof written)['errorShape']; transformer: false },
  (typeof written)['procedures']
>;
`;

const optionsOf = (): ts.CompilerOptions => {
  const { config, error } = ts.readConfigFile(`${FOLDER}/tsconfig.json`, ts.sys.readFile);
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, FOLDER);
  return { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true };
};

/**
 * The declaration of `AppRouter` with every input and output written out, for those who have not our source. Names of types of
 * packages/core stay names, imported from there by file. Throws when the compiler cannot write a type down.
 */
export const routerDeclaration = (): string => {
  const options = optionsOf();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === PROBE || fileExists(file);
  host.readFile = (file) => (file === PROBE ? PROBE_TEXT : readFile(file));
  host.getSourceFile = (file, target, ...rest) =>
    file === PROBE ? ts.createSourceFile(file, PROBE_TEXT, target) : getSourceFile(file, target, ...rest);
  const program = ts.createProgram([PROBE], options, host);
  let declaration = '';
  const emitted = program.emit(
    program.getSourceFile(PROBE),
    (_file, text) => {
      declaration = text;
    },
    undefined,
    true,
  );
  const faults = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics];
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, { ...host, getNewLine: () => '\n' }));
  // Types alone: there is no such constant at run time.
  return `${declaration.replace('export declare const', 'declare const')}${ROUTER_TEXT}`;
};
