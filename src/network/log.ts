/** Where the parts write what they do. Everything passes a redactor before it reaches a channel or a file. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
