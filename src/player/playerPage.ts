import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page of the player. Its policy lets it load the one script, its style and files of the folder that is played from,
 * also through a copy of them in memory; nothing of a network, and no script or style that is written into it.
 */
export function playerPage(webview: vscode.Webview, dist: vscode.Uri): string {
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'player.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'player.css')).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    `media-src ${webview.cspSource} blob:`,
    `connect-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${languageTag(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Recall Meeting Audio</title>
</head>
<body>
<main id="player"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** Nothing but letters, digits and hyphens gets into the page. */
function languageTag(language: string): string {
  return /^[\w-]+$/.test(language) ? language : 'en';
}
