#!/bin/sh
@PLAN@
