export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly visitor?: string;
  /** JSON text in ASCII. */
  readonly body?: string;
};

/** A request as it goes over the wire. */
export const httpRequest = ({ method, path, visitor, body }: HttpRequest): string => {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  const who = visitor === undefined ? '' : `x-visitor: ${visitor}\r\n`;
  if (body === undefined) return `${head}${who}\r\n`;
  return `${head}${who}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};
