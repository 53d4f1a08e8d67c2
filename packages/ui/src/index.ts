// The whole room. What starts often and needs little of it, such as a command, comes in by one door.
export * from './doors/pages.js';
export * from './doors/words.js';
