/** 200 invented people of 見本市; made by make-demo-register.mjs beside it. */
export const demoRegister = new URL('../../assets/demo-register.json', import.meta.url);
