import { agreesOnRandomPrograms } from './random-programs.js'

agreesOnRandomPrograms('3.12.7')
