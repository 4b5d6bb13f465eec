import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
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

/** A bundle has the thread's code beside it as JavaScript; in the workspace it is TypeScript and runs by tsx. */
const startOwnThread = (): Worker => {
  const bundled = new URL('./document-worker.js', import.meta.url);
  if (existsSync(bundled)) return new Worker(bundled);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return new Worker(new URL('./document-worker.ts', import.meta.url), { execArgv: ['--import', tsx] });
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
      thread.removeAllListeners();
      if (healthy) {
        // An idle thread keeps no process alive.
        thread.unref();
        idle.push(thread);
      } else {
        all.delete(thread);
        // Its late errors are nobody's any more; without a listener they would end the process.
        thread.on('error', () => undefined);
        void thread.terminate();
      }
      end();
      next();
    };
    const fail = (reason: string, healthy: boolean): void =>
      finish(() => job.reject(new Error(`the document was not drawn: ${reason}`)), healthy);
    const timer = setTimeout(() => fail(`it took longer than ${timeoutMs} ms`, false), timeoutMs);
    thread.once('message', (answer: DocumentAnswer) =>
      'pdf' in answer ? finish(() => job.resolve(answer.pdf), true) : fail(answer.error, true),
    );
    thread.once('error', (error) => fail(error instanceof Error ? error.message : String(error), false));
    thread.once('exit', (code) => fail(`the thread ended with ${code}`, false));
    thread.postMessage(job.request);
  };

  const freeThread = (): Worker | undefined => {
    const thread = idle.pop();
    if (thread !== undefined || all.size >= threads) return thread;
    const started = startThread();
    all.add(started);
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
