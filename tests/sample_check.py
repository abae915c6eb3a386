import sys, re, itertools
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import gold
root = Path(__file__).parent.parent/"python/onrecord/sample"
S={}
for p in sorted(root.glob("*/*.txt")):
    head,_,body=p.read_text(encoding="utf-8").partition("\n\n")
    h=dict(l.split(": ",1) for l in head.splitlines())
    body=body.rstrip("\n")
    assert h["id"]==p.stem,(p,h)
    n=len(body.split())
    if not 120<=n<=400: print("LENGTH",p.stem,n)
    S[h["id"]]=(h,body)
grams={i:{tuple(w[k:k+6]) for w in [re.findall(r"\w+",b.casefold())] for k in range(len(w)-5)} for i,(h,b) in S.items()}
for a,b in itertools.combinations(S,2):
    if S[a][0].get("reprint_of")==b or S[b][0].get("reprint_of")==a: continue
    sh=len(grams[a]&grams[b])/min(len(grams[a]),len(grams[b]))
    if sh>=.05: print("OVERLAP",a,b,round(sh,3))
for g in sorted(gold.GOLD.glob("*.toml")):
    try: x=gold.load(g.stem,S[g.stem][1]); print("ok",g.stem,len(x.sentences),len(x.entities),len(x.statements))
    except Exception as e: print("GOLD",type(e).__name__,e)
print(len(S),"stories")
