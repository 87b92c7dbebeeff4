<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>SettingsRoom</name>
    <message numerus="yes">
        <source>%n lead(s) in it</source>
        <translation>
            <numerusform>%n lead in it</numerusform>
            <numerusform>%n leads in it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sample lead(s) among them</source>
        <translation>
            <numerusform>%n sample lead among them</numerusform>
            <numerusform>%n sample leads among them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeRoom</name>
    <message numerus="yes">
        <source>%n invented leads, removed with one click</source>
        <translation>
            <numerusform>%n invented lead, removed with one click</numerusform>
            <numerusform>%n invented leads, removed with one click</numerusform>
        </translation>
    </message>
</context>
</TS>
