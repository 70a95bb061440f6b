import { agreesOnRandomPrograms } from './random-programs.js'

agreesOnRandomPrograms('3.14.2')
