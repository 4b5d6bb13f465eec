import { domainErrorOf } from '@eventhorizon/client/domain-error';

/** The code of the refusal that a call ends with; throws when it succeeds or fails in another way. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    const refusal = domainErrorOf(error);
    if (refusal === null) throw error;
    return refusal.code;
  }
  throw new Error('the call was not refused');
};
