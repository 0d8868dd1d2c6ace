#!/bin/sh
# 离线安装政策问答助手，不需要 root，不需要网络；再次运行就是升级，数据保留。
# Installs policyqa without root and without network; run again, it upgrades and keeps the data.
set -eu
umask 022
say() { printf '%s\n' "$@" >&2; }
fail() { say "install.sh: $1" "install.sh: $2"; exit 1; }
usage() {
    say "用法 usage: ./install.sh [--prefix DIR] [--data DIR] [--python PYTHON]" \
        "  --prefix  程序放在哪里 · where the program goes (\$HOME/policyqa; root: /opt/policyqa)" \
        "  --data    数据放在哪里，只在第一次安装时有用 · where the data goes, at the first installation (PREFIX/data)" \
        "  --python  用哪个 Python · which Python (python$(cat "$here/PYTHON"), else python3)"
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
wanted=$(cat "$here/PYTHON")
version=$(cat "$here/VERSION")
prefix=$HOME/policyqa
[ "$(id -u)" = 0 ] && prefix=/opt/policyqa
data=data
python=$(command -v "python$wanted" || command -v python3 || true)
while [ $# -gt 0 ]; do
    case $1 in
        --prefix|--data|--python)
            [ $# -gt 1 ] || { usage; fail "$1 后面缺一个值。" "a value is missing behind $1."; }
            case $1 in --prefix) prefix=$2 ;; --data) data=$2 ;; --python) python=$2 ;; esac
            shift 2 ;;
        -h|--help) usage; exit 0 ;;
        *) usage; fail "没有 $1 这个选项。" "there is no option $1." ;;
    esac
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
case $data in /*|data) ;; *) data=$PWD/$data ;; esac
case $prefix$data in *[\"\\\&\|\$\`]*|*'
'*) fail "路径里不能有 \" \\ & | \$ \` 或换行。" "none of \" \\ & | \$ \` and no line break in a path, please." ;; esac

# Nothing of the bundle is run, or installed, before every file of it is known to be as it was made.
(cd "$here" && sha256sum --check --strict --quiet SHA256SUMS) >&2 ||
    fail "安装包里的文件与 SHA256SUMS 不符，请重新复制安装包；没有安装任何东西。" \
         "a file of the bundle is not as SHA256SUMS says: copy the bundle again. Nothing was installed."
[ "$(cd "$here" && find . -type f ! -name SHA256SUMS | wc -l)" = "$(wc -l < "$here/SHA256SUMS")" ] ||
    fail "安装包里有 SHA256SUMS 没有列出的文件，请重新解包；没有安装任何东西。" \
         "the bundle holds files that SHA256SUMS does not list: unpack it again. Nothing was installed."
[ -n "$python" ] || fail "找不到 Python，请安装 Python $wanted。" "there is no Python: install Python $wanted."
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) ||
    fail "$python 不能运行。" "$python does not run."
[ "$found" = "$wanted" ] ||
    fail "这个安装包要用 Python $wanted，而 $python 是 $found；请用 --python 指定。" \
         "this bundle is for Python $wanted, and $python is $found: name another by --python."

# The new version is installed beside the old one; one link says which is used, and changes last.
mkdir -p "$prefix/versions" "$prefix/bin" || fail "无法写入 $prefix，请换 --prefix。" "cannot write $prefix: choose another --prefix."
new=$prefix/versions/$version-$(date -u +%Y%m%dT%H%M%S)-$$
trap 'rm -rf "$new"' EXIT
trap 'exit 1' INT TERM HUP
say "正在安装 policyqa $version → $prefix · installing"
"$python" -m venv --without-pip "$new"
PIP_CONFIG_FILE=/dev/null PYTHONPATH='' "$new/bin/python" "$(echo "$here"/wheels/pip-*.whl)/pip" install --isolated --quiet \
    --disable-pip-version-check --no-cache-dir --no-index --find-links "$here/wheels" --no-deps --require-hashes \
    --requirement "$here/requirements.txt"
if [ ! -e "$prefix/policyqa.toml" ]; then
    POLICYQA_CONFIG=off "$new/bin/policyqa" settings --example |
        sed -e "s|^#index = .*|index = \"$data/index\"|" -e "s|^#feedback = .*|feedback = \"$data/feedback.sqlite3\"|" \
        > "$prefix/policyqa.toml.new"
    chmod 600 "$prefix/policyqa.toml.new"
    mv "$prefix/policyqa.toml.new" "$prefix/policyqa.toml"
    (cd "$prefix" && umask 077 && mkdir -p "$data")
fi
POLICYQA_CONFIG=$prefix/policyqa.toml "$new/bin/policyqa" settings > /dev/null ||
    fail "新版本读不了 $prefix/policyqa.toml，见上；没有换成新版本。" "the new version cannot read $prefix/policyqa.toml, see above; the old one stays."
cat > "$prefix/bin/policyqa.new" <<END
#!/bin/sh
# The version in use, with the settings of this installation.
export POLICYQA_CONFIG="\${POLICYQA_CONFIG:-$prefix/policyqa.toml}"
exec "$prefix/current/bin/policyqa" "\$@"
END
chmod 755 "$prefix/bin/policyqa.new"
mv "$prefix/bin/policyqa.new" "$prefix/bin/policyqa"
before=$(readlink "$prefix/current" || true)
ln -s "versions/${new##*/}" "$prefix/current.new.$$"
mv -T "$prefix/current.new.$$" "$prefix/current"
trap - EXIT
for old in "$prefix"/versions/*; do  # the one before stays, to go back to
    case $old in "$new"|"$prefix/$before") ;; *) rm -rf "$old" ;; esac
done

policyqa=$prefix/bin/policyqa
say "" "装好了。接下来：" \
    "  $policyqa ask \"怎么申请首贷\"     问一个问题（第一次会先建索引）" \
    "  $policyqa serve                    启动网页和接口：http://127.0.0.1:8000" \
    "  设置在 $prefix/policyqa.toml；$policyqa settings 列出实际生效的值。正在运行的服务要重启才用新版本。" \
    "" "Installed. Next:" \
    "  $policyqa ask \"怎么申请首贷\"     asks a question (the first builds the index)" \
    "  $policyqa serve                    pages and API at http://127.0.0.1:8000" \
    "  Settings are in $prefix/policyqa.toml; $policyqa settings prints what holds. Restart a server that runs."
[ -z "$before" ] || say "" "退回上一个版本 to go back: ln -sfn $before $prefix/current"
