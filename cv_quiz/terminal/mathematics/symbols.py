"""What the commands and characters of TeX's mathematics stand for: name, Unicode and ASCII of every symbol.

Roles are those of The TeXbook (appendix F) and of amssymb; the ASCII column keeps TeX's own name where ASCII has no
sign for a thing.
"""

from __future__ import annotations

from cv_quiz.terminal.mathematics.nodes import Role, Symbol

# Each table is a run of triples: TeX name, Unicode, ASCII.
_ORDINARY = """
alpha α alpha  beta β beta  gamma γ gamma  delta δ delta  epsilon ϵ epsilon  varepsilon ε varepsilon  zeta ζ zeta
eta η eta  theta θ theta  vartheta ϑ vartheta  iota ι iota  kappa κ kappa  varkappa ϰ varkappa  lambda λ lambda
mu μ mu  nu ν nu  xi ξ xi  omicron ο omicron  pi π pi  varpi ϖ varpi  rho ρ rho  varrho ϱ varrho  sigma σ sigma
varsigma ς varsigma  tau τ tau  upsilon υ upsilon  phi ϕ phi  varphi φ varphi  chi χ chi  psi ψ psi  omega ω omega
Gamma Γ Gamma  Delta Δ Delta  Theta Θ Theta  Lambda Λ Lambda  Xi Ξ Xi  Pi Π Pi  Sigma Σ Sigma  Upsilon Υ Upsilon
Phi Φ Phi  Psi Ψ Psi  Omega Ω Omega  varGamma Γ Gamma  varDelta Δ Delta  varTheta Θ Theta  varLambda Λ Lambda
varPi Π Pi  varSigma Σ Sigma  varPhi Φ Phi  varPsi Ψ Psi  varOmega Ω Omega  digamma ϝ digamma
partial ∂ partial  nabla ∇ nabla  infty ∞ inf  ell ℓ ell  hbar ℏ hbar  hslash ℏ hbar  imath ı i  jmath ȷ j
Re ℜ Re  Im ℑ Im  wp ℘ wp  aleph ℵ aleph  beth ℶ beth  forall ∀ forall  exists ∃ exists  nexists ∄ nexists
neg ¬ not  lnot ¬ not  top ⊤ T  bot ⊥ bot  emptyset ∅ {}  varnothing ∅ {}  angle ∠ angle  measuredangle ∡ angle
triangle △ triangle  square □ []  Box □ []  blacksquare ■ []  Diamond ◇ <>  lozenge ◊ <>  diamondsuit ♢ diamond
heartsuit ♡ heart  clubsuit ♣ club  spadesuit ♠ spade  bigstar ★ *  checkmark ✓ ok  degree ° deg  prime ′ '
backprime ‵ `  complement ∁ complement  surd √ sqrt  eth ð eth  mho ℧ mho  flat ♭ flat  natural ♮ natural
sharp ♯ sharp  bullet • *  S § S  P ¶ P  copyright © (c)  pounds £ pounds  yen ¥ yen  euro € EUR
vert | |  backslash \\ \\  circledR ® (R)  textbullet • *  textasciitilde ~ ~
"""
_INNER = """
ldots … ...  dots … ...  dotsc … ...  dotso … ...  cdots ⋯ ...  dotsb ⋯ ...  dotsm ⋯ ...  dotsi ⋯ ...
vdots ⋮ :  ddots ⋱ ...  iddots ⋰ ...
"""
_BINARY = """
pm ± +-  mp ∓ -+  times × *  div ÷ /  cdot · *  ast ∗ *  star ⋆ star  circ ∘ o  cap ∩ cap  cup ∪ cup  uplus ⊎ uplus
sqcap ⊓ sqcap  sqcup ⊔ sqcup  vee ∨ or  lor ∨ or  wedge ∧ and  land ∧ and  setminus \\ \\  smallsetminus \\ \\
wr ≀ wr  oplus ⊕ (+)  ominus ⊖ (-)  otimes ⊗ (*)  oslash ⊘ (/)  odot ⊙ (.)  boxplus ⊞ [+]  boxminus ⊟ [-]
boxtimes ⊠ [*]  boxdot ⊡ [.]  circledast ⊛ (*)  circledcirc ⊚ (o)  dagger † dagger  ddagger ‡ ddagger  amalg ⨿ amalg
bigtriangleup △ triangle  bigtriangledown ▽ nabla  triangleleft ◁ <|  triangleright ▷ |>  bigcirc ◯ O  diamond ⋄ <>
barwedge ⊼ nand  veebar ⊻ xor  intercal ⊺ T  ltimes ⋉ |><  rtimes ⋊ ><|  divideontimes ⋇ /*  dotplus ∔ .+
centerdot · *  cdotp · *  doublecap ⋒ cap  doublecup ⋓ cup
"""
_RELATIONS = """
le ≤ <=  leq ≤ <=  leqslant ≤ <=  leqq ≤ <=  ge ≥ >=  geq ≥ >=  geqslant ≥ >=  geqq ≥ >=  ne ≠ !=  neq ≠ !=
lt < <  gt > >  ll ≪ <<  gg ≫ >>  lll ⋘ <<<  ggg ⋙ >>>  approx ≈ ~~  thickapprox ≈ ~~  approxeq ≊ ~~=  sim ∼ ~
thicksim ∼ ~  simeq ≃ ~-  cong ≅ ~=  equiv ≡ ==  propto ∝ propto  varpropto ∝ propto  asymp ≍ asymp  doteq ≐ .=
triangleq ≜ :=  coloneqq ≔ :=  coloneq ≔ :=  eqqcolon ≕ =:  prec ≺ prec  succ ≻ succ  preceq ⪯ preceq
succeq ⪰ succeq  preccurlyeq ≼ preceq  succcurlyeq ≽ succeq  in ∈ in  notin ∉ notin  ni ∋ ni  owns ∋ ni
subset ⊂ subset  subseteq ⊆ subseteq  subsetneq ⊊ subsetneq  supset ⊃ supset  supseteq ⊇ supseteq
supsetneq ⊋ supsetneq  sqsubseteq ⊑ sqsubseteq  sqsupseteq ⊒ sqsupseteq  mid | |  nmid ∤ nmid  parallel ∥ ||
nparallel ∦ nparallel  perp ⊥ perp  vdash ⊢ |-  dashv ⊣ -|  models ⊨ |=  vDash ⊨ |=  smile ⌣ smile  frown ⌢ frown
bowtie ⋈ bowtie  Join ⋈ bowtie  nsubseteq ⊈ nsubseteq  nsupseteq ⊉ nsupseteq  nleq ≰ !<=  ngeq ≱ !>=  nless ≮ !<
ngtr ≯ !>  ncong ≇ !~=  nsim ≁ !~  lesssim ≲ <~  gtrsim ≳ >~  lessgtr ≶ <>  therefore ∴ therefore
because ∵ because  between ≬ between
to → ->  rightarrow → ->  leftarrow ← <-  gets ← <-  leftrightarrow ↔ <->  Rightarrow ⇒ =>  Leftarrow ⇐ <==
Leftrightarrow ⇔ <=>  longrightarrow ⟶ -->  longleftarrow ⟵ <--  longleftrightarrow ⟷ <-->  Longrightarrow ⟹ ==>
Longleftarrow ⟸ <==  Longleftrightarrow ⟺ <==>  iff ⟺ <==>  implies ⟹ ==>  impliedby ⟸ <==  mapsto ↦ |->
longmapsto ⟼ |-->  hookrightarrow ↪ ->  hookleftarrow ↩ <-  uparrow ↑ ^  downarrow ↓ v  updownarrow ↕ ^v
Uparrow ⇑ ^^  Downarrow ⇓ vv  nearrow ↗ nearrow  searrow ↘ searrow  swarrow ↙ swarrow  nwarrow ↖ nwarrow
rightharpoonup ⇀ ->  rightharpoondown ⇁ ->  leftharpoonup ↼ <-  leftharpoondown ↽ <-  rightleftharpoons ⇌ <=>
leadsto ⇝ ~>  rightsquigarrow ⇝ ~>  twoheadrightarrow ↠ ->>  nrightarrow ↛ -/->  nRightarrow ⇏ =/=>
rightrightarrows ⇉ =>  leftleftarrows ⇇ <=  rightleftarrows ⇄ <=>  curvearrowright ↷ ->  circlearrowright ↻ ->
"""
_OPENING = """
lbrace { {  lbrack [ [  langle ⟨ <  lfloor ⌊ floor(  lceil ⌈ ceil(  lvert | |  lVert ‖ ||  lparen ( (
llbracket ⟦ [[  lgroup ( (  { { {
"""
_CLOSING = """
rbrace } }  rbrack ] ]  rangle ⟩ >  rfloor ⌋ )  rceil ⌉ )  rvert | |  rVert ‖ ||  rparen ) )
rrbracket ⟧ ]]  rgroup ) )  } } }
"""
# Operators that take their limits below and above in a displayed formula.
_LIMITS = """
sum ∑ sum  prod ∏ prod  coprod ∐ coprod  bigcup ⋃ union  bigcap ⋂ intersection  bigvee ⋁ OR  bigwedge ⋀ AND
bigoplus ⨁ (+)  bigotimes ⨂ (*)  bigodot ⨀ (.)  biguplus ⨄ uplus  bigsqcup ⨆ sqcup
"""
_INTEGRALS = """
int ∫ int  iint ∬ iint  iiint ∭ iiint  oint ∮ oint  oiint ∯ oiint  smallint ∫ int  intop ∫ int
"""
_FUNCTIONS = """arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
sgn sign tr Tr rank diag softmax sigmoid"""
_FUNCTIONS_WITH_LIMITS = "det gcd inf lim liminf limsup max min Pr sup injlim projlim argmax argmin"
_SPLIT_NAMES = {"liminf": "lim inf", "limsup": "lim sup"}

# Blanks in cells. A thin space is one: terminals know nothing smaller. The negative ones cannot be shown.
SPACES = {
    "\\,": 1, "\\:": 1, "\\;": 1, "\\>": 1, "\\ ": 1, "\\\n": 1, "\\\t": 1, "~": 1, "\\thinspace": 1, "\\medspace": 1,
    "\\thickspace": 1, "\\enspace": 1, "\\space": 1, "\\nobreakspace": 1, "\\quad": 2, "\\qquad": 4, "\\!": 0,
    "\\negthinspace": 0, "\\negmedspace": 0, "\\negthickspace": 0,
}  # fmt: skip


def _triples(table: str) -> list[tuple[str, str, str]]:
    words = table.split()
    return list(zip(words[::3], words[1::3], words[2::3], strict=True))


def _commands() -> dict[str, Symbol]:
    tables: list[tuple[str, Role, bool]] = [
        (_ORDINARY, "ordinary", False),
        (_INNER, "inner", False),
        (_BINARY, "binary", False),
        (_RELATIONS, "relation", False),
        (_OPENING, "opening", False),
        (_CLOSING, "closing", False),
        (_LIMITS, "operator", True),
        (_INTEGRALS, "operator", False),
    ]
    found = {
        "\\" + name: Symbol(text, plain, role, limits)
        for table, role, limits in tables
        for name, text, plain in _triples(table)
    }
    for names, limits in ((_FUNCTIONS, False), (_FUNCTIONS_WITH_LIMITS, True)):
        for name in names.split():
            shown = _SPLIT_NAMES.get(name, name)
            found["\\" + name] = Symbol(shown, shown, "operator", limits)
    found |= {"\\" + sign: Symbol(sign, sign) for sign in "%$#_&"}
    found["\\|"] = found["\\Vert"] = Symbol("‖", "||")
    found["\\colon"] = Symbol(":", ":", "punctuation")
    found["\\bmod"] = Symbol("mod", "mod", "binary")
    return found


def _characters() -> dict[str, Symbol]:
    roles: list[tuple[str, Role]] = [
        ("+*", "binary"),
        ("=<>", "relation"),
        ("([（【「《", "opening"),
        (")]）】」》", "closing"),
        (",;，；、", "punctuation"),
        ('./!?@|"`', "ordinary"),
    ]
    found = {sign: Symbol(sign, sign, role) for signs, role in roles for sign in signs}
    found["-"] = Symbol("−", "-", "binary")
    found[":"] = Symbol(":", ":")
    return found


COMMANDS = _commands()
# A character that is typed instead of its command means the same, in the role of the first command that shows it.
CHARACTERS = {symbol.text: symbol for symbol in reversed(COMMANDS.values()) if len(symbol.text) == 1} | {
    **_characters(),
    "−": Symbol("−", "-", "binary"),
    "–": Symbol("−", "-", "binary"),
    "∙": Symbol("·", "*", "binary"),
    "⋅": Symbol("·", "*", "binary"),
    "µ": Symbol("μ", "mu"),
    "ϵ": Symbol("ϵ", "epsilon"),
    "⊥": Symbol("⊥", "perp", "relation"),
    "∣": Symbol("|", "|", "relation"),
    "∥": Symbol("‖", "||"),
    "’": Symbol("′", "'"),
}
DELIMITERS = {
    **{sign: sign for sign in "()[]|/"},
    **{name: COMMANDS[name].text for name in (*(f"\\{n}" for n in _OPENING.split()[::3]), "\\|", "\\Vert", "\\vert")},
    **{name: COMMANDS[name].text for name in (f"\\{n}" for n in _CLOSING.split()[::3])},
    "\\backslash": "\\", "\\uparrow": "↑", "\\downarrow": "↓", "<": "⟨", ">": "⟩", ".": "", "⟨": "⟨", "⟩": "⟩",
    "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "‖": "‖",
}  # fmt: skip
# What a delimiter is where there is only ASCII; floor and ceiling become functions.
ASCII_DELIMITERS = {
    "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "‖": "||", "⟦": "[[", "⟧": "]]", "↑": "^",
    "↓": "v",
}  # fmt: skip
# \\not before a relation.
NEGATED = {
    "=": "\\ne", "\\in": "\\notin", "<": "\\nless", ">": "\\ngtr", "\\le": "\\nleq", "\\leq": "\\nleq", "\\ge": "\\ngeq",
    "\\geq": "\\ngeq", "\\subseteq": "\\nsubseteq", "\\supseteq": "\\nsupseteq", "\\sim": "\\nsim", "\\cong": "\\ncong",
    "\\mid": "\\nmid", "\\parallel": "\\nparallel", "\\exists": "\\nexists", "\\to": "\\nrightarrow",
    "\\rightarrow": "\\nrightarrow", "\\Rightarrow": "\\nRightarrow",
}  # fmt: skip
