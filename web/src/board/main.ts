import './board.css';
import { createApp } from 'vue';
import WaitingBoard from './WaitingBoard.vue';

createApp(WaitingBoard).mount('#app');
