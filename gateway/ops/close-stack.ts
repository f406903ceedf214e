// What was opened is closed in the opposite order, each thing by name, whatever the others do.

export interface CloseStack {
  push(name: string, close: () => Promise<void> | void): void;
  /** Closes all; rejects afterwards with everything that went wrong, named. */
  close(): Promise<void>;
}

export function createCloseStack(): CloseStack {
  const stack: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];
  return {
    push: (name, close) => void stack.push({ name, close }),
    async close() {
      const failures: Error[] = [];
      for (let top = stack.pop(); top; top = stack.pop()) {
        try {
          await top.close();
        } catch (error) {
          failures.push(new Error(`closing ${top.name}`, { cause: error }));
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'not everything closed in order');
    },
  };
}
