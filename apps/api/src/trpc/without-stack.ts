/** Makes an error that only carries another one, whose stack is the one that tells something. Taking a stack costs more than the error. */
export const withoutStack = <E extends Error>(make: () => E): E => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
