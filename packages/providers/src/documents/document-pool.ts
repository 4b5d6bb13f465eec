import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { TicketDocuments } from '@eventhorizon/core/notifications/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { DocumentAnswer } from './document-worker.ts';
import type { DocumentRequest } from './render-document.ts';

export type DocumentPoolOptions = {
  /** Threads that draw; started when first needed. */
  readonly threads: number;
  /** Documents that may wait for a thread; one more is refused with `busy.try_again`. */
  readonly maxWaiting: number;
  /** A thread that takes longer is ended and its document refused. */
  readonly timeoutMs: number;
  /** Starts a thread that answers each DocumentRequest with a DocumentAnswer. For tests; else ours. */
  readonly startThread?: () => Worker;
};

type Job = {
  readonly request: DocumentRequest;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
};

const RETRY_AFTER_MS = 1_000;

/** A bundle has the thread's code beside it as JavaScript; in the workspace it is TypeScript and is imported by tsx. */
const startOwnThread = (): Worker => {
  const bundled = new URL('./document-worker.js', import.meta.url);
  if (existsSync(bundled)) return new Worker(bundled);
  const tsx = import.meta.resolve('tsx/esm/api');
  const source = new URL('./document-worker.ts', import.meta.url).href;
  // `--import tsx` among the options of a thread does nothing on Node 20.
  return new Worker(
    `const { tsx, source } = require('node:worker_threads').workerData;
    import(tsx).then(({ tsImport }) => tsImport(source, source));`,
    { eval: true, workerData: { tsx, source } },
  );
};

/** PDFs drawn in threads of their own, so that a slow one delays no request. Dispose of it to end the threads. */
export const createDocumentPool = ({
  threads,
  maxWaiting,
  timeoutMs,
  startThread = startOwnThread,
}: DocumentPoolOptions): TicketDocuments & AsyncDisposable => {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: Job[] = [];

  const run = (thread: Worker, job: Job): void => {
    thread.ref();
    const finish = (end: () => void, healthy: boolean): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (healthy) {
        // An idle thread keeps no process alive.
        thread.unref();
        idle.push(thread);
      } else {
        all.delete(thread);
        void thread.terminate();
      }
      end();
      next();
    };
    const fail = (reason: string, healthy: boolean): void =>
      finish(() => job.reject(new Error(`the document was not drawn: ${reason}`)), healthy);
    const onMessage = (answer: DocumentAnswer): void =>
      'pdf' in answer ? finish(() => job.resolve(answer.pdf), true) : fail(answer.error, true);
    const onError = (error: unknown): void =>
      fail(error instanceof Error ? error.message : String(error), false);
    const onExit = (code: number): void => fail(`the thread ended with ${code}`, false);
    const timer = setTimeout(() => fail(`it took longer than ${timeoutMs} ms`, false), timeoutMs);
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    thread.postMessage(job.request);
  };

  const freeThread = (): Worker | undefined => {
    const thread = idle.pop();
    if (thread !== undefined || all.size >= threads) return thread;
    const started = startThread();
    all.add(started);
    // What it says when it has no document is nobody's; without a listener it would end the process.
    started.on('error', () => undefined);
    started.on('exit', () => {
      all.delete(started);
      const at = idle.indexOf(started);
      if (at >= 0) idle.splice(at, 1);
    });
    return started;
  };

  const next = (): void => {
    if (waiting.length === 0) return;
    const thread = freeThread();
    if (thread === undefined) return;
    const job = waiting.shift();
    if (job !== undefined) run(thread, job);
  };

  const draw = (request: DocumentRequest): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (waiting.length >= maxWaiting) {
        reject(new DomainError('busy.try_again', { retryAfterMs: RETRY_AFTER_MS }));
        return;
      }
      waiting.push({ request, resolve, reject });
      next();
    });

  return {
    tickets: (sheets) => draw({ kind: 'tickets', sheets }),
    receipt: (receipt) => draw({ kind: 'receipt', receipt }),
    [Symbol.asyncDispose]: async () => {
      const closing = [...all];
      for (const { reject } of waiting.splice(0)) reject(new Error('the documents were closed'));
      await Promise.all(closing.map((thread) => thread.terminate()));
    },
  };
};
