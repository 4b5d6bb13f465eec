/** One line that is rewritten at a terminal, or a line every five seconds elsewhere. */
export type Progress = { readonly show: (text: string) => void; readonly end: (text: string) => void };

const EVERY_TTY_MS = 100;
const EVERY_LOG_MS = 5_000;

export const createProgress = (out: NodeJS.WriteStream): Progress => {
  let last = 0;
  const clear = out.isTTY ? '\r\u001b[2K' : '';
  return {
    show: (text) => {
      const now = performance.now();
      if (now - last < (out.isTTY ? EVERY_TTY_MS : EVERY_LOG_MS)) return;
      last = now;
      out.write(out.isTTY ? `${clear}${text}` : `${text}\n`);
    },
    end: (text) => out.write(`${clear}${text}\n`),
  };
};
