/** The little that the agent's own pages do better with a script. Every page works without it. */
export const agentScript = `// A finished login goes on to the site by itself.
document.querySelector('form[data-go]')?.requestSubmit();
`;
