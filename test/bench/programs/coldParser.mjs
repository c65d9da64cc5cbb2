/** Chevrotain and an empty parser, nothing else. */
import { createToken, EmbeddedActionsParser, Lexer } from 'chevrotain';

const word = createToken({ name: 'Word', pattern: /[a-z]+/ });

class Empty extends EmbeddedActionsParser {
  start = this.RULE('start', () => undefined);

  constructor() {
    super([word]);
    this.performSelfAnalysis();
  }
}

const lexer = new Lexer([word]);
const parser = new Empty();
parser.input = lexer.tokenize('').tokens;
parser.start();
console.log(parser.errors.length);
