import { parentPort } from 'node:worker_threads';
import { type DocumentRequest, renderDocument } from './render-document.ts';

/** The thread that draws: a request in, its PDF or what went wrong out, one at a time. A bundle has it as `document-worker.js`. */
export type DocumentAnswer = { readonly pdf: Uint8Array } | { readonly error: string };

const port = parentPort;
if (port === null) throw new Error('this module runs in a thread of its own');
port.on('message', async (request: DocumentRequest) => {
  let answer: DocumentAnswer;
  try {
    answer = { pdf: await renderDocument(request) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port.postMessage(answer);
});
