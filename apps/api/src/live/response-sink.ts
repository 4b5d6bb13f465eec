import type { ServerResponse } from 'node:http';
import { BEAT, preludeOf } from './frame.ts';
import type { LiveSink } from './ports.ts';

/**
 * A listener at the other end of an HTTP answer. Written past the web streams of fetch: one write of shared bytes for each message,
 * and what the network has not taken can be seen.
 */
export const responseSink = (outgoing: ServerResponse, headers: Headers): LiveSink => ({
  start: (retryMs) => {
    // Delimited by its end instead of in chunks, so that shared bytes go out as they are, without a frame for each listener.
    outgoing.useChunkedEncodingByDefault = false;
    outgoing.shouldKeepAlive = false;
    outgoing.writeHead(200, Object.fromEntries(headers));
    outgoing.write(preludeOf(retryMs));
  },
  send: ({ bytes }) => void outgoing.write(bytes),
  beat: () => void outgoing.write(BEAT),
  backlogBytes: () => outgoing.writableLength,
  isClosed: () => outgoing.destroyed || outgoing.writableEnded,
  end: () => void outgoing.end(),
  drop: () => void outgoing.destroy(),
});
