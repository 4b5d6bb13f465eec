import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

describe('scrub', () => {
  it.each([
    ['authorization', 'Bearer abc'],
    ['Cookie', 'eh_visitor=1'],
    ['set-cookie', 'a=b'],
    ['x-visitor', 'v'],
    ['x-pass', 'p'],
    ['password', 'hunter2'],
    ['newPassword', 'hunter2'],
    ['refreshToken', 'r'],
    ['access_token', 'a'],
    ['clientSecret', 'c'],
    ['STRIPE_SECRET_KEY', 'k'],
    ['stripe-signature', 't=1'],
  ])('takes out the field %s at any depth', (name, value) => {
    expect(scrub({ a: [{ b: { [name]: value } }] })).toEqual({ a: [{ b: { [name]: '[redacted]' } }] });
  });

  it.each([
    ['an access token', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c3IifQ.c2ln'],
    ['a refresh token', 'ses_01h455vb4pex5vsknk084sn02q.3.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'],
    ['a bearer header', 'Bearer opaque-value'],
    ['a Stripe key', 'sk_live_abc123'],
    ['a webhook secret', 'whsec_abc123'],
    ['a client secret', 'pi_3abc_secret_xyz'],
    ['a visitor token', 'vis_01h455vb4pex5vsknk084sn02q.abc_DEF-1'],
    ['a queue pass', 'evt_01h455vb4pex5vsknk084sn02q.vis_01h455vb4pex5vsknk084sn02q.41.abc_DEF-1'],
    ['a ticket code', 'EH1.abc.def'],
    ['the code of a ticket link', 'tickets.example/t/0123456789abcdefghjk'],
    ['a password in an address', 'root:hunter2@'],
  ])('takes %s out of running text', (_what, secret) => {
    const text = secret.endsWith('@') ? `mongodb://${secret}db.example/x` : `failed with ${secret} there`;
    expect(JSON.stringify(scrub({ note: text, list: [text] }))).not.toContain(secret);
  });

  it('takes secrets out of messages, stacks and causes of errors, and leaves their own fields out', () => {
    const cause = Object.assign(new Error('no Bearer abc.def'), { document: { email: 'ada@example.org' } });
    const logged = JSON.stringify(scrub({ err: new Error('bad sk_test_1', { cause }) }));
    expect(logged).not.toMatch(/sk_test_1|abc\.def|ada@example/);
    expect(logged).toContain('bad [redacted]');
  });

  it('leaves what is no secret as it is', () => {
    const line = { method: 'GET', path: '/x', status: 200, ok: true, none: null, at: new Date(0) };
    expect(scrub(line)).toEqual(line);
  });
});
