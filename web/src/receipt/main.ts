import './receipt.css';
import { createApp } from 'vue';
import ReceiptCheck from './ReceiptCheck.vue';

createApp(ReceiptCheck).mount('#app');
