type SandboxEmail = {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};
type SandboxSms = { readonly sid: string; readonly to: string; readonly body: string };
type SandboxIntent = {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly amount_received: number;
  readonly metadata: Readonly<Record<string, string>>;
};

/** The sandbox's switches, over HTTP. */
export type SandboxControl = {
  readonly call: (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<unknown>;
  readonly emails: (to: string) => Promise<readonly SandboxEmail[]>;
  readonly sms: (to: string) => Promise<readonly SandboxSms[]>;
  readonly intents: () => Promise<readonly SandboxIntent[]>;
};

export const sandboxControl = (url: string): SandboxControl => {
  const call: SandboxControl['call'] = async (method, path, body) => {
    const response = await fetch(`${url}/_control${path}`, {
      method,
      ...(method === 'GET' || method === 'DELETE'
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    call,
    emails: async (to) => (await call('GET', `/emails?to=${encodeURIComponent(to)}`)) as SandboxEmail[],
    sms: async (to) => ((await call('GET', '/sms')) as SandboxSms[]).filter((sms) => sms.to === to),
    intents: async () => (await call('GET', '/intents')) as SandboxIntent[],
  };
};
