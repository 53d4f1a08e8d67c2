// The whole room. What starts often and needs little of it, such as a command, comes in by one door.
export * from './doors/authority.js';
export * from './doors/web.js';
