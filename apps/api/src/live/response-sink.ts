import type { ServerResponse } from 'node:http';
import { BEAT, preludeOf } from './frame.ts';
import type { LiveSink } from './ports.ts';

/**
 * A listener at the other end of an HTTP answer. Written past the web streams of fetch: one write of shared bytes for each message,
 * and what the network has not taken can be seen.
 */
export const responseSink = (outgoing: ServerResponse, headers: Headers): LiveSink => {
  let written = 0;
  const write = (bytes: Uint8Array): void => {
    written += bytes.length;
    outgoing.write(bytes);
  };
  return {
    start: (retryMs) => {
      // Delimited by its end instead of in chunks, so that shared bytes go out as they are, without a frame for each listener.
      outgoing.useChunkedEncodingByDefault = false;
      outgoing.shouldKeepAlive = false;
      outgoing.writeHead(200, Object.fromEntries(headers));
      write(preludeOf(retryMs));
    },
    send: ({ bytes }) => write(bytes),
    beat: () => write(BEAT),
    backlogBytes: () => outgoing.writableLength,
    takenBytes: () => written - outgoing.writableLength,
    isClosed: () => outgoing.destroyed || outgoing.writableEnded,
    end: () => void outgoing.end(),
    drop: () => void outgoing.destroy(),
  };
};
