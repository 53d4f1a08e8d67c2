// The whole room. What starts often and needs little of it, such as a command, comes in by one door.
export * from './doors/agent.js';
export * from './doors/card.js';
export * from './doors/doctor.js';
export * from './doors/documents.js';
