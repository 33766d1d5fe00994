declare module 'virtual:operation/*' {
  export const operation: { readonly id: string; readonly text: string };
}
