import { agreesOnRandomPrograms } from './random-programs.js'

agreesOnRandomPrograms('3.11.3')
