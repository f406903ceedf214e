// Why a broker elsewhere could not be reached or would not have us, in words that an engineer can
// act on.

/** MQTT 3.1.1, 3.2.2.3: the return codes of CONNACK. */
const CONNACK: Readonly<Record<number, string>> = {
  1: 'the broker does not speak MQTT 3.1.1',
  2: 'the broker refuses the client id; choose another clientId',
  3: 'the broker says that it is not available',
  4: 'the broker refuses the user name or password',
  5: 'the broker says that we are not authorised; check user, password and its access list',
};

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there; does the broker run?',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name cannot be looked up; is the network there?',
  EHOSTUNREACH: 'no way leads there; is the network there?',
  ENETUNREACH: 'no way leads there; is the network there?',
  ETIMEDOUT: 'no answer; is the address right, or a firewall between?',
  ECONNRESET: 'the broker broke the connection off',
  EPIPE: 'the broker broke the connection off',
  CERT_HAS_EXPIRED: 'its certificate has expired, or the clock here is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody known (NODE_EXTRA_CA_CERTS)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody known (NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by nobody known (NODE_EXTRA_CA_CERTS)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** The library's own words. */
const LIBRARY: Readonly<Record<string, string>> = {
  'connack timeout': 'no answer; is the address right, or a firewall between?',
  'Keepalive timeout': 'nothing was heard any more, not even an answer to a ping',
};

export function whyInWords(error: Error & { readonly code?: string | number }): string {
  const { code, message } = error;
  if (typeof code === 'number') {
    return CONNACK[code] ?? `the broker answers with code ${code}, which means nothing`;
  }
  const known = code === undefined ? LIBRARY[message] : NETWORK[code];
  return known ?? `the broker is not understood: ${message.slice(0, 200)}`;
}
