<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Qualify leads during the call. No account, no network: everything stays in one file you own.</source>
        <translation>边通话边判断线索。无需账号，无需联网：所有数据都在您自己的一个文件里。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Databases</name>
    <message>
        <source>Open a database</source>
        <extracomment>After so many milliseconds of opening a person is told what goes on.</extracomment>
        <translation>打开数据库</translation>
    </message>
    <message>
        <source>New database</source>
        <translation>新建数据库</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>备份到</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>Opening {file}…</source>
        <translation>正在打开 {file}…</translation>
    </message>
    <message>
        <source>A large database of an earlier version is backed up and then brought to today&apos;s form, once.</source>
        <translation>较大的旧版数据库会先备份，再更新为当前格式，只需一次。</translation>
    </message>
    <message>
        <source>This database cannot be opened</source>
        <translation>无法打开这个数据库</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>从备份恢复…</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>打开其他数据库…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Backed up to {file}</source>
        <translation>已备份到 {file}</translation>
    </message>
    <message>
        <source>LeadDesk databases (*.leaddesk);;All files (*)</source>
        <translation>LeadDesk 数据库 (*.leaddesk);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Hidden while the shield is on</source>
        <extracomment>What a panel about several leads is about. Nothing is filled in here that a click beside the panel could lose. The lead it tells of, by id; MANY: of several; empty: of nobody, or only of whom the call is with.</extracomment>
        <translation>屏蔽期间不显示</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search leads, companies, notes, actions…</source>
        <translation>搜索线索、公司、备注、命令…</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>PlaybookPanel</name>
    <message>
        <source>Playbook</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Questions, points, stages and gates. Another one can be adopted at any time, and undone.</source>
        <translation>问题、分值、阶段与进入条件。随时可以换用另一套，也可以撤销。</translation>
    </message>
    <message>
        <source>Adopt BANT + Fit</source>
        <translation>启用 BANT + 匹配度</translation>
    </message>
    <message>
        <source>Adopt the simple one</source>
        <translation>启用简易方案</translation>
    </message>
    <message>
        <source>Adopt one from a file…</source>
        <translation>从文件启用…</translation>
    </message>
    <message>
        <source>What is wrong with the playbook</source>
        <translation>方案中的错误</translation>
    </message>
    <message>
        <source>Version {number} · {questions} questions · {stages} stages · calls of {minutes} minutes</source>
        <translation>第 {number} 版 · {questions} 个问题 · {stages} 个阶段 · 通话 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Adopt a playbook</source>
        <translation>启用方案</translation>
    </message>
    <message>
        <source>Playbooks (*.toml);;All files (*)</source>
        <translation>方案 (*.toml);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>SettingsRoom</name>
    <message>
        <source>You</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Written beside moves, sign-offs and reasons. It stays on this computer.</source>
        <translation>会记在移动、签核和原因旁边。只保存在本机。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s) in it</source>
        <translation>
            <numerusform>共 %n 条线索</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sample lead(s) among them</source>
        <translation>
            <numerusform>其中 %n 条是示例线索</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShieldChip</name>
    <message>
        <source>Shield on</source>
        <translation>屏蔽已开</translation>
    </message>
</context>
<context>
    <name>Shielding</name>
    <message>
        <source>Hidden while the shield is on</source>
        <translation>屏蔽期间不显示</translation>
    </message>
    <message>
        <source>F12 shows it again.</source>
        <translation>按 F12 恢复显示。</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>{time} 已保存</translation>
    </message>
    <message>
        <source>Search leads, companies, notes, actions…</source>
        <translation>搜索线索、公司、备注、命令…</translation>
    </message>
</context>
<context>
    <name>WelcomeRoom</name>
    <message>
        <source>Your leads, on this computer</source>
        <translation>您的线索，就在这台电脑上</translation>
    </message>
    <message>
        <source>No account, no network. Everything stays in one file that you own.</source>
        <translation>无需账号，无需联网。所有数据都在您自己的一个文件里。</translation>
    </message>
    <message>
        <source>Look around with sample leads</source>
        <translation>用示例线索先看看</translation>
    </message>
    <message numerus="yes">
        <source>%n invented leads, removed with one click</source>
        <translation>
            <numerusform>%n 条虚构线索，一键即可移除</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring my leads</source>
        <translation>导入我的线索</translation>
    </message>
    <message>
        <source>from a CSV file, whatever its columns are called</source>
        <translation>来自 CSV 文件，列名不限</translation>
    </message>
    <message>
        <source>Start empty</source>
        <translation>从空白开始</translation>
    </message>
    <message>
        <source>add the first lead by hand</source>
        <translation>手动添加第一条线索</translation>
    </message>
    <message>
        <source>Open a database</source>
        <translation>打开数据库</translation>
    </message>
    <message>
        <source>one you have already, or a backup</source>
        <translation>已有的数据库或备份</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>主题：跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Inventing sample leads…</source>
        <translation>正在生成示例线索…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Undone: {step}</source>
        <translation>已撤销：{step}</translation>
    </message>
    <message>
        <source>Undoing … {percent} %</source>
        <translation>正在撤销… {percent}%</translation>
    </message>
    <message>
        <source>Done again: {step}</source>
        <translation>已重做：{step}</translation>
    </message>
    <message>
        <source>Doing it again … {percent} %</source>
        <translation>正在重做… {percent}%</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>LeadDesk met something it did not foresee. What you entered is saved. The log is in {folder}</source>
        <translation>LeadDesk 遇到了意外情况。您输入的内容已保存。日志位于 {folder}</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出了点问题</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Select a lead first.</source>
        <translation>请先选中一条线索。</translation>
    </message>
</context>
</TS>
