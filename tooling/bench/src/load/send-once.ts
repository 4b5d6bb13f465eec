import { openConnection } from './connection.ts';

/** One request on a connection of its own; resolves to the status. */
export const sendOnce = (port: number, request: string): Promise<number> =>
  new Promise((resolve, reject) => {
    openConnection(port, reject).then(
      (connection) =>
        connection.ask(request, (status) => {
          connection.close();
          resolve(status);
        }),
      reject,
    );
  });
