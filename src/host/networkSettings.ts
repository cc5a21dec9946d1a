import * as vscode from 'vscode';

const OTHER_SETTINGS = [
  'proxySupport',
  'noProxy',
  'proxyStrictSSL',
  'systemCertificates',
  'fetchAdditionalSupport',
  'electronFetch',
  'useLocalProxyConfiguration',
] as const;

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'] as const;

/** VS Code's own settings about the network, as far as they may explain why something cannot be reached. */
export const networkSettings = {
  /** Host and port of `http.proxy`, without its log-in; undefined when none is set. */
  proxyHost(): string | undefined {
    const value: unknown = vscode.workspace.getConfiguration('http').get('proxy');
    if (typeof value !== 'string' || value.trim() === '') return undefined;
    return URL.canParse(value) ? new URL(value).host : vscode.l10n.t('something that is no URL');
  },

  /** All of them in a line for the log: values of settings, and only the names of environment variables. */
  summary(): string {
    const configuration = vscode.workspace.getConfiguration('http');
    const values = OTHER_SETTINGS.map((name) => `http.${name} ${JSON.stringify(configuration.get(name))}`);
    const variables = VARIABLES.filter((name) => isSet(name) || isSet(name.toLowerCase()));
    return [
      `http.proxy ${networkSettings.proxyHost() ?? 'not set'}`,
      ...values,
      `environment ${variables.length === 0 ? 'without a proxy' : variables.join(', ')}`,
    ].join('; ');
  },
};

function isSet(variable: string): boolean {
  return (process.env[variable] ?? '') !== '';
}
