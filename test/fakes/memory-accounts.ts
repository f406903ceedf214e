// What people come in with, in memory; it keeps the store's contract.
import type { AccessToken, Credential } from '../../gateway/domain/credential.ts';
import type { Accounts } from '../../gateway/store/log.ts';

export function memoryAccounts(): Accounts {
  const credentials = new Map<string, Credential>();
  const tokens = new Map<string, AccessToken>();
  return {
    load: async () => ({
      credentials: [...credentials.values()].toSorted((a, b) => (a.person < b.person ? -1 : 1)),
      tokens: [...tokens.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }),
    async change({ credential, tokens: put = [], ended = [] }) {
      if (credential) credentials.set(credential.person, credential);
      for (const id of ended) tokens.delete(id);
      for (const token of put) tokens.set(token.id, token);
    },
  };
}
