// The section `channels` → how each channel is reached, its secrets read.
import type { ChannelSettings } from './channel-settings.ts';
import type { ChannelForm } from './schema-channels.ts';

interface ChannelOrigin {
  /** The site's id. */
  readonly site: string;
  /** The text of a file that was checked to be readable. */
  secret(file: string): string;
}

export function channelFrom(form: ChannelForm, { site, secret }: ChannelOrigin): ChannelSettings {
  switch (form.kind) {
    case 'wecom': {
      const { urlFile, ...rest } = form;
      return { ...rest, secretUrl: secret(urlFile) };
    }
    case 'dingtalk':
    case 'feishu': {
      const { urlFile, secretFile, ...rest } = form;
      return { ...rest, secretUrl: secret(urlFile), ...keyFrom(secretFile, secret) };
    }
    case 'webhook': {
      const { secretFile, ...rest } = form;
      return { ...rest, ...keyFrom(secretFile, secret) };
    }
    case 'email': {
      const { passwordFile, ...rest } = form;
      return { ...rest, ...(passwordFile !== undefined && { password: secret(passwordFile) }) };
    }
    case 'mqtt':
      return { ...form, topic: form.topic ?? `courtyard/${site}/notices/${form.id}` };
  }
}

const keyFrom = (file: string | undefined, secret: ChannelOrigin['secret']) =>
  file === undefined ? {} : { secret: secret(file) };
