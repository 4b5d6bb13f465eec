/** Makes an error whose stack nobody would read: it only carries another one, or says no to a buyer. Taking a stack costs more than the error. */
export const withoutStack = <E extends Error>(make: () => E): E => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
