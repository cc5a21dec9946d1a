import { rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Writes each line to its file, as VS Code's native logger does. */
const logger = `'use strict';
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    this.formatted = true;
  }
  write(level, message) {
    if (this.file === undefined || level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.file, this.formatted ? \`\${time} [\${levels[level]}] \${message}\\n\` : message);
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  setLevel(level) { this.level = level; }
  getLevel() { return this.level; }
  clearFormatters() { this.formatted = false; }
  setPattern() { this.formatted = true; }
  flush() {}
  drop() { this.file = undefined; }
}

async function createLogger(name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger(file);
}

exports.version = 1;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
`;

/** The native one ends the extension host with its parent; here the whole process group is ended instead. */
const watchdog = `'use strict';
exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

/**
 * Puts plain JavaScript in the place of two native modules that would have to be compiled. Without the first,
 * output channels stay empty; without either, every start writes long errors.
 * @param modules VS Code's `node_modules` folder
 */
export async function replaceNativeModules(modules: string): Promise<void> {
  const standIns = [
    { folder: join(modules, '@vscode', 'spdlog'), source: logger },
    { folder: join(modules, '@vscode', 'native-watchdog'), source: watchdog },
    { folder: join(modules, 'native-watchdog'), source: watchdog },
  ];
  for (const { folder, source } of standIns.filter((standIn) => existsSync(standIn.folder))) {
    await writeFile(join(folder, 'index.js'), source);
    for (const native of ['build', 'deps', 'src']) {
      await rm(join(folder, native), { recursive: true, force: true });
    }
  }
}
