// What can be handed to a mail server as an address: nothing in it could end a header or begin a command.
const ADDRESS = /^[^\s@<>"(),:;\\[\]\p{C}]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?$/u;

export const isMailAddress = (text: string): boolean => ADDRESS.test(text);
